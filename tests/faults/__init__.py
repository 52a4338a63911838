"""What can go wrong, tried at every point where it can: the points are found by running, none is listed by hand.

`processes` counts where a process waits, and ends it there; `engine` is the bot in one thread that can be ended so;
`flows` is what people do meanwhile; `ending` is what the stage shows at the end, which is the judge.
"""
