"""Unstuck: reads what an ML project wrote down, and says which conversation would get it moving."""
