"""Where the parts meet: settings, clock, Telegram client, assembly. No other room imports this one."""
