using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class UpdateAccount(Store store, IClock clock, Settings settings)
{
    /// <summary>What is null stays as it is.</summary>
    public sealed record Request(
        string? Username, string? FirstName, string? LastName, string? Timezone, WorkingHours Hours)
    {
        /// By the words of Mail.Choices; what is not named stays.
        public IReadOnlyDictionary<string, bool> Notifications { get; init; } = new Dictionary<string, bool>(StringComparer.Ordinal);

        public ShownTo? FreeBusyShownTo { get; init; }

        /// Whether ReminderMinutes is meant (null then means none).
        public bool ChangeReminder { get; init; }
        public int? ReminderMinutes { get; init; }
    }

    public async Task<Outcome<Account>> Handle(Actor actor, Request request)
    {
        try
        {
            return await store.Write(tx => Update(tx, actor, request));
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            return await store.Write(tx => Update(tx, actor, request));
        }
    }

    private async Task<Outcome<Account>> Update(Tx tx, Actor actor, Request request)
    {
        var account = (await AccountRows.Hold(tx, actor.Id))!;
        if (request.Username is not null && await AccountRows.UsernameTaken(tx, request.Username, actor.Id))
            return new Refusals.Invalid("username", "user with this username already exists.");

        var username = request.Username ?? account.Username;
        var first = request.FirstName ?? account.FirstName;
        var last = request.LastName ?? account.LastName;
        var name = $"{first} {last}".Trim() is { Length: > 0 } full ? full : username ?? "";
        // Zone and hours decide when somebody can be met.
        await Revisions.Hold(tx, [actor.Id]);
        await AccountRows.Update(tx, actor.Id, username, first, last, name, request.Timezone ?? account.Timezone);
        if (request.FreeBusyShownTo is { } shown)
            await Visibility.Set(tx, actor.Id, shown.Word());
        await request.Hours.Set(tx, account, clock.GetCurrentInstant());
        await Revisions.Bump(tx, [actor.Id], Duration.Zero);
        if (request.ChangeReminder || request.Notifications.Count > 0)
        {
            var unwanted = Choices.All.Where(c => request.Notifications.TryGetValue(c, out var wanted) ? !wanted : Choices.Has(account.UnwantedMail, c));
            await AccountRows.SetChoices(
                tx, actor.Id, Choices.Stored(unwanted), request.ChangeReminder ? request.ReminderMinutes ?? Words.NoReminder : account.ReminderMinutes);
        }

        var after = (await AccountRows.ById(tx, actor.Id))!;
        var (old, now) = Trail.Difference(Picture(account), Picture(after));
        if (old.Count > 0)
            await tx.Note(actor, clock.GetCurrentInstant(), Trail.Account("account.changed", actor.Id, old, now));
        return Account.Of(after, settings);
    }

    private static Dictionary<string, object?> Picture(AccountRows.Account account) => Trail.Values(
        ("username", account.Username), ("first_name", account.FirstName), ("last_name", account.LastName), ("timezone", account.Timezone),
        ("working_hours_start", account.WorkingHoursStart), ("working_hours_end", account.WorkingHoursEnd), ("working_days", account.WorkingDays),
        ("default_reminder_minutes", account.ReminderMinutes), ("unwanted_mail", account.UnwantedMail), ("free_busy_visibility", account.FreeBusy));
}
