using System.Text.Json;
using System.Text.Json.Serialization;
using Convene.Scheduling.Booking;
using Convene.Server.Features;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;

namespace Convene.Server.Doors.Rest;

/// Accounts as systems 0, 1 and 2 ask for them, merged (CONTRACT §7.1–7.3).
public static class AccountsDoor
{
    private const int LongestUsername = 150;
    private const int LongestName = 150;
    private const string DefaultReminder = "default_reminder_minutes";

    /// <summary>An account with the credentials of a fresh login; every system's clients find theirs.</summary>
    public record SignedIn
    {
        internal SignedIn(string message, Account user, IssuedCredentials credentials)
        {
            Message = message;
            User = user;
            Access = credentials.Access;
            Refresh = credentials.Refresh;
            Token = credentials.Token;
        }

        public string Message { get; }

        /// <summary>JWT, for `Authorization: Bearer`.</summary>
        public string Access { get; }

        /// <summary>JWT that gets a new pair once, at `/api/auth/token/refresh/`.</summary>
        public string Refresh { get; }

        /// <summary>40 hex digits, for `Authorization: Token`.</summary>
        public string Token { get; }
        public Account User { get; }
    }

    /// <summary>The new account, signed in.</summary>
    public sealed record Registered : SignedIn
    {
        internal Registered(Account user, IssuedCredentials credentials)
            : base("User registered successfully", user, credentials) => Account = user;

        [JsonIgnore]
        public Account Account { get; }
        public long Id => Account.Id;
        public string Uuid => Account.Uuid;
        public string Email => Account.Email;
        public string? Username => Account.Username;
        public string FirstName => Account.FirstName;
        public string LastName => Account.LastName;
        public string Timezone => Account.Timezone;
        public string WorkingHoursStart => Account.WorkingHoursStart;
        public string WorkingHoursEnd => Account.WorkingHoursEnd;
        public IReadOnlyList<int> WorkingDays => Account.WorkingDays;
        public bool EmailVerified => Account.EmailVerified;
        public bool IsActive => Account.IsActive;
        public bool IsStaff => Account.IsStaff;
        public NodaTime.Instant DateJoined => Account.DateJoined;
    }

    /// <summary>What happened, in both systems' words.</summary>
    public sealed record Said(string Message, string Detail);

    public static async Task<IResult> Register(HttpContext http, Register register)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);

        var username = Username(fields, nullable: true);
        var email = fields.Email("email", required: username is null && !fields.Has("username"));
        var password = NewPassword(fields, "password", "password2");
        var request = new Register.Request(
            email, username, password ?? "", fields.Text("first_name", most: LongestName) ?? "", fields.Text("last_name", most: LongestName) ?? "",
            fields.Zone("timezone")?.Id, Hours(fields), http.Visitor());
        CheckUsername(fields, username, email);
        if (fields.Mistakes is null && email is null && username is null)
            fields.Wrong("email", "This field is required.");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);

        return Answers.Of(await register.Handle(request, http.From()), result =>
        {
            Cookies.SignIn(http, result.Credentials);
            return Answers.Ok(new Registered(result.Account, result.Credentials), StatusCodes.Status201Created);
        });
    }

    public static async Task<IResult> Login(HttpContext http, SignIn signIn)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);

        var login = fields.Text("email", nullable: true) is { Length: > 0 } email ? email : fields.Text("username", nullable: true);
        if (string.IsNullOrEmpty(login))
        {
            fields.Wrong("email", "This field is required.");
            fields.Wrong("username", "This field is required.");
        }

        var password = fields.Text("password", required: true, blank: false, trim: false);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);

        return Answers.Of(await signIn.Handle(new SignIn.Request(login!, password!, http.Visitor())), result => SignedInAs(http, result));
    }

    /// What every way to sign in answers.
    internal static IResult SignedInAs(HttpContext http, SignIn.Result result)
    {
        Cookies.SignIn(http, result.Credentials);
        return Answers.Ok(new SignedIn("Login successful", result.Account, result.Credentials));
    }

    public static async Task<IResult> Logout(HttpContext http, SignOut signOut)
    {
        // Any body will do, also one that is not JSON: some clients send none, some send what their library puts there.
        var refresh = (await http.Fields()).Is(out var fields, out _) && fields.Has("refresh") ? fields.Text("refresh") : null;
        return Answers.Of(await signOut.Handle(new SignOut.Request(refresh, http.From()), http.MaybeActor()), _ =>
        {
            Cookies.SignOut(http);
            return Answers.Ok(new Said("Logout successful", "Successfully logged out."));
        });
    }

    public static async Task<IResult> RefreshToken(HttpContext http, RefreshTokens refresh)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("refresh", required: true, blank: false);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await refresh.Handle(new RefreshTokens.Request(token!)));
    }

    public static async Task<IResult> Me(HttpContext http, ReadAccount read) => Answers.Ok(await read.Handle(http.Actor()));

    /// PUT and PATCH alike change what is sent (system 2's PUT is partial).
    public static async Task<IResult> ChangeMe(HttpContext http, UpdateAccount update)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var username = Username(fields, nullable: true);
        CheckUsername(fields, username, http.Actor().Email);
        var request = new UpdateAccount.Request(
            username, fields.Text("first_name", most: LongestName), fields.Text("last_name", most: LongestName),
            fields.Zone("timezone")?.Id, Hours(fields))
        {
            FreeBusyShownTo = fields.Choice("free_busy_visibility", ShownToWords.All),
            Notifications = Notifications(fields),
            ChangeReminder = fields.Has(DefaultReminder),
            ReminderMinutes = fields.Whole(DefaultReminder, 0, MeetingsDoor.MostReminderMinutes, nullable: true),
        };
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await update.Handle(http.Actor(), request));
    }

    public static async Task<IResult> ChangePassword(HttpContext http, ChangePassword change)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var old = fields.Text("old_password", required: true, blank: false, trim: false);
        var password = NewPassword(fields, "new_password", "new_password2", repeated: true);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(
            await change.Handle(http.Actor(), new ChangePassword.Request(old!, password!)),
            _ => Answers.Detail("Password changed successfully."));
    }

    public static async Task<IResult> ForgotPassword(HttpContext http, ForgotPassword forgot)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var email = fields.Email("email", required: true);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(
            await forgot.Handle(new ForgotPassword.Request(email!, http.Visitor())),
            _ => Answers.Detail("If an account has this address, a mail with a link is on its way."));
    }

    public static async Task<IResult> ResetPassword(HttpContext http, ResetPassword reset)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("token", required: true, blank: false, most: 200);
        var password = NewPassword(fields, "new_password", "new_password2");
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(
            await reset.Handle(new ResetPassword.Request(token!, password!, http.Visitor()), http.From()),
            _ => Answers.Detail("The new password is set. Sign in with it."));
    }

    public static async Task<IResult> VerifyEmail(HttpContext http, VerifyEmail verify)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var token = fields.Text("token", required: true, blank: false, most: 200);
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return Answers.Of(await verify.Handle(new VerifyEmail.Request(token!, http.Visitor()), http.From()), _ => Answers.Detail("The e-mail address is confirmed."));
    }

    public static async Task<IResult> ResendVerification(HttpContext http, ResendVerification resend) =>
        Answers.Of(await resend.Handle(http.Actor(), http.Visitor()), _ => Answers.Detail("A mail with a new link is on its way."));

    private static Dictionary<string, bool> Notifications(Fields fields)
    {
        const string Name = "notifications";
        var choices = new Dictionary<string, bool>(StringComparer.Ordinal);
        if (fields.Raw(Name) is not JsonElement sent)
            return choices;
        if (sent.ValueKind != JsonValueKind.Object)
        {
            fields.Wrong(Name, "Expected an object of true and false.");
            return choices;
        }

        foreach (var choice in sent.EnumerateObject())
        {
            if (!Choices.All.Contains(choice.Name, StringComparer.Ordinal))
                fields.Wrong(Name, $"There is no such choice. There are: {string.Join(", ", Choices.All)}.");
            else if (choice.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                fields.Wrong(Name, $"{choice.Name} must be true or false.");
            else
                choices[choice.Name] = choice.Value.GetBoolean();
        }

        return choices;
    }

    private static WorkingHours Hours(Fields fields) => new(
        fields.TimeOfDay("working_hours_start"),
        fields.TimeOfDay("working_hours_end"),
        fields.Has("working_days") ? fields.Wholes("working_days", 7, largest: 6)?.Select(d => (int)d).ToArray() : null);

    internal static string? Username(Fields fields, bool nullable = false, bool required = false) =>
        fields.Text("username", required, blank: false, most: LongestUsername, nullable: nullable);

    /// Users sign in by either, so nobody's name may be somebody else's address.
    internal static void CheckUsername(Fields fields, string? username, string? email)
    {
        if (username is null)
            return;
        if (username.Contains('@', StringComparison.Ordinal) && !username.Equals(email, StringComparison.OrdinalIgnoreCase))
            fields.Wrong("username", "A user name with @ in it must be the account's own e-mail address.");
        if (username.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            fields.Wrong("username", "Enter a valid username without spaces.");
    }

    internal static string? NewPassword(Fields fields, string name, string again, bool repeated = false)
    {
        var password = fields.Text(name, required: true, blank: false, trim: false);
        var second = fields.Text(again, required: repeated, blank: false, trim: false);
        if (password is null)
            return null;
        foreach (var fault in Passwords.Faults(password))
            fields.Wrong(name, fault);
        // Told only once the fields themselves are fine, as the systems do.
        if (fields.Mistakes is null && second is not null && second != password)
            fields.Wrong(name, "Passwords do not match.");
        return password;
    }
}
