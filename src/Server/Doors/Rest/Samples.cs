namespace Convene.Server.Doors.Rest;

/// Examples in the API's description.
internal static class Samples
{
    public const string Register = """{"email":"ana@example.com","first_name":"Ana","last_name":"Host","password":"correct-horse-7","password2":"correct-horse-7","timezone":"Asia/Dhaka"}""";
    public const string Login = """{"email":"ana@example.com","password":"correct-horse-7"}""";
    public const string Logout = """{"refresh":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl"}""";
    public const string ChangeMe = """{"timezone":"Europe/London","working_hours_start":"08:30"}""";
    public const string ChangePassword = """{"old_password":"correct-horse-7","new_password":"battery-staple-9","new_password2":"battery-staple-9"}""";
    public const string ForgotPassword = """{"email":"ana@example.com"}""";
    public const string ResetPassword = """{"token":"cfcNOqbl1bCqeV1Jx6dkXgkWXJDnbrvhWEIDg3TZzl0","new_password":"battery-staple-9","new_password2":"battery-staple-9"}""";
    public const string VerifyEmail = """{"token":"cfcNOqbl1bCqeV1Jx6dkXgkWXJDnbrvhWEIDg3TZzl0"}""";
    public const string Meeting = """{"title":"Project kickoff","description":"Goals, people, dates.","location":"Office, 5th floor","start_time":"2027-01-12T09:00:00","end_time":"2027-01-12T10:00:00","timezone":"Asia/Dhaka","participants":[{"email":"ben@example.com","name":"Ben"},{"email":"cho@example.com","name":"Cho","role":"cohost"}]}""";
    public const string MeetingChange = """{"title":"Project kickoff – final version","start_time":"2027-01-12T10:00:00Z","end_time":"2027-01-12T11:00:00Z"}""";
    public const string Participant = """{"email":"dee@example.com","name":"Dee"}""";
    public const string ParticipantChange = """{"role":"cohost"}""";
    public const string ParticipantStatus = """{"status":"accepted"}""";
    public const string CheckConflicts = """{"start_time":"2027-01-12T09:00:00Z","end_time":"2027-01-12T10:00:00Z","participant_emails":["ben@example.com","cho@example.com"],"exclude_meeting_id":null}""";
    public const string Notify = """{"type":"reminder"}""";
}
