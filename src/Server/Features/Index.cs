using Convene.Server.Features.Accounts;
using Convene.Server.Features.Admin;
using Convene.Server.Features.Attachments;
using Convene.Server.Features.Availability;
using Convene.Server.Features.Events;
using Convene.Server.Features.ExternalCalendars;
using Convene.Server.Features.Factors;
using Convene.Server.Features.Feeds;
using Convene.Server.Features.Imports;
using Convene.Server.Features.Live;
using Convene.Server.Features.Mail;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Passkeys;
using Convene.Server.Features.Privacy;
using Convene.Server.Features.Providers;
using Convene.Server.Features.Recurrence;
using Convene.Server.Features.Repeats;
using Convene.Server.Features.Slots;

namespace Convene.Server.Features;

/// All the work there is: one handler for each thing that someone can do.
public static class Index
{
    public static void Add(IServiceCollection services)
    {
        // Accounts
        services.AddSingleton<Leaving>();
        services.AddSingleton<Passwords>().AddSingleton<Credentials>().AddSingleton<Attempts>().AddSingleton<Guesses>().AddSingleton<Recognize>();
        services.AddSingleton<Register>().AddSingleton<SignIn>().AddSingleton<SignInOrUp>().AddSingleton<SignOut>().AddSingleton<RefreshTokens>();
        services.AddSingleton<ReadAccount>().AddSingleton<UpdateAccount>().AddSingleton<ChangePassword>();
        services.AddSingleton<ForgotPassword>().AddSingleton<ResetPassword>().AddSingleton<VerifyEmail>().AddSingleton<ResendVerification>();
        services.AddSingleton<ForgetOldSignIns>().AddSingleton<SeenSignIns>().AddSingleton<ListSessions>().AddSingleton<EndSessions>();
        services.AddSingleton<CreateApiKey>().AddSingleton<ListApiKeys>().AddSingleton<RevokeApiKey>();

        // Second factors, passkeys, providers
        services.AddSingleton<LetIn>().AddSingleton<CodeCheck>().AddSingleton<Again>().AddSingleton<FinishSignIn>().AddSingleton<ReadSecondFactor>().AddSingleton<BeginSecondFactor>().AddSingleton<ConfirmSecondFactor>();
        services.AddSingleton<RenewRecoveryCodes>().AddSingleton<RemoveSecondFactor>().AddSingleton<ResetSecondFactor>();
        services.AddSingleton<AddPasskey>().AddSingleton<MyPasskeys>().AddSingleton<SignInByPasskey>();
        services.AddSingleton<BeginProviderSignIn>().AddSingleton<FinishProviderSignIn>().AddSingleton<MyIdentities>();

        // Meetings
        services.AddSingleton<CreateMeeting>().AddSingleton<ListMeetings>().AddSingleton<ReadMeeting>().AddSingleton<FindMeeting>().AddSingleton<UpdateMeeting>();
        services.AddSingleton<CancelMeeting>().AddSingleton<DeleteMeeting>().AddSingleton<CheckConflicts>();
        services.AddSingleton<ListParticipants>().AddSingleton<AddParticipant>().AddSingleton<ChangeParticipant>().AddSingleton<RemoveParticipant>().AddSingleton<AnswerInvitation>().AddSingleton<AnswerSeries>().AddSingleton<AnswerByLink>();
        services.AddSingleton<ListProposals>().AddSingleton<ListOpenProposals>().AddSingleton<ProposeTime>().AddSingleton<AcceptProposal>().AddSingleton<DeclineProposal>().AddSingleton<SendAgain>().AddSingleton<TakeMail>();
        services.AddSingleton<ExportMeeting>().AddSingleton<ExportCalendar>();
        services.AddSingleton<Notify>().AddSingleton<ListNotifications>().AddSingleton<RemindOfMeetings>();
        services.AddSingleton<ScheduleMeeting>().AddSingleton<ExtendMeeting>().AddSingleton<SuggestTimes>().AddSingleton<Advice>().AddSingleton<ReadDay>().AddSingleton<ListChanges>().AddSingleton<ListMeetingAudit>();

        // Attachments
        services.AddSingleton<ListAttachments>().AddSingleton<AddAttachments>().AddSingleton<ReadAttachment>().AddSingleton<DeleteAttachment>();

        // Availability
        services.AddSingleton<ReadAvailability>().AddSingleton<ChangeAvailability>().AddSingleton<ReadFreeBusy>();
        services.AddSingleton<ReadHours>().AddSingleton<BlockHours>().AddSingleton<MeetingTypes>().AddSingleton<OfferedSlots>();
        services.AddSingleton<ListOverrides>().AddSingleton<SaveOverride>().AddSingleton<ReadOverride>().AddSingleton<DeleteOverride>();

        // Series
        services.AddSingleton<CreateSeries>().AddSingleton<ChangeSeries>().AddSingleton<CancelSeries>().AddSingleton<DeleteSeries>().AddSingleton<ExpandSeries>();

        // Events and slots
        services.AddSingleton<CreateEvent>().AddSingleton<ListEvents>().AddSingleton<ReadEvent>().AddSingleton<UpdateEvent>().AddSingleton<DeleteEvent>();
        services.AddSingleton<FindSlots>().AddSingleton<ExplainTime>();

        // In and out
        services.AddSingleton<ImportCalendar>();
        services.AddSingleton<FeedLinks>().AddSingleton<FeedCalendar>();
        services.AddSingleton<ListFeeds>().AddSingleton<CreateFeed>().AddSingleton<ChangeFeed>().AddSingleton<RenewFeed>().AddSingleton<DeleteFeed>().AddSingleton<ReadFeed>();
        // External calendars
        services.AddSingleton<AddExternalCalendar>().AddSingleton<ListExternalCalendars>().AddSingleton<ChangeExternalCalendar>().AddSingleton<DeleteExternalCalendar>();
        services.AddSingleton<RefreshExternalCalendar>().AddSingleton<RefreshDueCalendars>().AddSingleton<FetchCalendar>();

        // Administrators
        services.AddSingleton<Administrators>().AddSingleton<OfferAdministration>().AddSingleton<ClaimAdministration>().AddSingleton<ReadClaim>();
        services.AddSingleton<ListPeople>().AddSingleton<ChangePerson>().AddSingleton<SignOutPerson>().AddSingleton<ListAllMeetings>();
        services.AddSingleton<ListOutbox>().AddSingleton<RetryMail>().AddSingleton<GiveUpMail>();
        services.AddSingleton<RunJob>().AddSingleton<CheckZones>().AddSingleton<ListJobs>().AddSingleton<ReadHealth>().AddSingleton<ReadFigures>().AddSingleton<ReadReadiness>().AddSingleton<CheckStore>().AddSingleton<BackUp>().AddSingleton<ListAudit>().AddSingleton<ForgetOldAudit>();
        // Privacy
        services.AddSingleton<ExportEverything>().AddSingleton<DeleteAccount>().AddSingleton<EraseTraces>().AddSingleton<ForgetOld>();

        // Recurrence
        services.AddSingleton<PreviewRecurrence>();

        // Live
        services.AddSingleton<LiveCalendars>();

        // Repeats
        services.AddSingleton<AnswerOnce>().AddSingleton<AnswerFromMemory>().AddSingleton<ForgetOldRepeats>();
        // Mail
        services.AddSingleton<AccountMail>().AddSingleton<InvitationLink>().AddSingleton<ReplyAddress>().AddSingleton<MeetingMail>().AddSingleton<Calendars>().AddSingleton<Compose>();
        services.AddSingleton<SendOwedMail>().AddSingleton<ReadSentMail>();
    }
}
