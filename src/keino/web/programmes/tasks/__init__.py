"""Background work of ``programmes``: one module for each part."""
