namespace Convene.Server.Features.Mail;

/// What an account's owner is told by mail, whoever did it: that the ways to sign in have changed.
/// <param name="Key">Kept in the letter.</param>
public sealed record AccountNotice(string Key, string Subject, string Text)
{
    public static readonly AccountNotice SecondFactorAdded = new(
        "second_factor_added", "Second factor switched on", "Signing in to your Convene account now also asks for a code of your app. All other devices were signed out.");

    public static readonly AccountNotice SecondFactorRemoved = new(
        "second_factor_removed", "Second factor switched off", "Signing in to your Convene account no longer asks for a code of your app. Its recovery codes don't work any more.");

    public static readonly AccountNotice RecoveryCodesRenewed = new(
        "recovery_codes_renewed", "New recovery codes", "Your Convene account has new recovery codes. The old ones don't work any more.");

    public static readonly AccountNotice RecoveryCodeUsed = new(
        "recovery_code_used", "A recovery code was used", "Somebody, probably you, used one of the recovery codes of your Convene account. It does not work again.");

    public static readonly AccountNotice ProviderLinked = new(
        "provider_linked", "Another way to sign in", "Your Convene account can now be signed in to with your account at the provider that this server is connected to.");

    public static readonly AccountNotice ProviderUnlinked = new(
        "provider_unlinked", "One way less to sign in", "Your Convene account can no longer be signed in to with your account at the provider that this server is connected to.");

    public static readonly AccountNotice PasskeyAdded = new("passkey_added", "New passkey", "A passkey was added to your Convene account. Whoever has it can sign in with it.");

    public static readonly AccountNotice PasskeyRemoved = new("passkey_removed", "Passkey removed", "A passkey was removed from your Convene account. It can't be used to sign in any more.");

    /// Changed, or set anew with a link of a mail.
    public static readonly AccountNotice PasswordChanged = new(
        "password_changed", "Password changed", "Your Convene account has a new password. All other devices were signed out.");

    public static readonly AccountNotice ApiKeyAdded = new(
        "api_key_added", "New API key", "An API key was made for your Convene account. Until it ends or is revoked, whoever has it reads your calendar, and changes it if the key may.");

    private static readonly Dictionary<string, AccountNotice> All = ((AccountNotice[])
        [SecondFactorAdded, SecondFactorRemoved, RecoveryCodesRenewed, RecoveryCodeUsed, ProviderLinked, ProviderUnlinked, PasskeyAdded, PasskeyRemoved, PasswordChanged, ApiKeyAdded])
        .ToDictionary(n => n.Key, StringComparer.Ordinal);

    public static AccountNotice Of(string key) => All[key];
}
