namespace Convene.Server;

/// Convene can't start as it is set up. The message is for the person who sets it up: which setting, and what would be right.
public sealed class SettingsException(string message) : Exception(message);
