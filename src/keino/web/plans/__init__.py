"""What a buyer means to do: operating model, potential, plan to the target, category plans, actions."""
