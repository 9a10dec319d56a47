"""When each state of the ladder is reached: of every built-in event, and of many flights of each class."""
