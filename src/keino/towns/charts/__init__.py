"""Tables that the example towns are made of: accounts with yearly euros, trades with name words, units."""
