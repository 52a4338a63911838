"""Where the parts meet: settings, clock, Telegram client, assembly. Nobody imports this room."""
