using NodaTime;

namespace Convene.ICalendar.Tests.Contents;

public sealed class ValueTests
{
    [Theory]
    [InlineData("20250602", TimeForm.Date, "20250602")]
    [InlineData("20250602T090000", TimeForm.Floating, "20250602T090000")]
    [InlineData("20250602T090000Z", TimeForm.Utc, "20250602T090000Z")]
    [InlineData(" 20250602t090000z ", TimeForm.Utc, "20250602T090000Z")]
    [InlineData("2025-06-02T09:00:00Z", TimeForm.Utc, "20250602T090000Z")]
    [InlineData("2025-06-02", TimeForm.Date, "20250602")]
    [InlineData("20250602T0900", TimeForm.Floating, "20250602T090000")]
    [InlineData("20161231T235960Z", TimeForm.Utc, "20161231T235959Z")]
    [InlineData("20240229", TimeForm.Date, "20240229")]
    [InlineData("00010102", TimeForm.Date, "00010102")]
    [InlineData("99991230T235959Z", TimeForm.Utc, "99991230T235959Z")]
    public void A_time_is_read(string value, TimeForm form, string written)
    {
        CalendarTime.TryParse(value, null, out var time).ShouldBeTrue();
        (time.Form, time.ToString(), time.Tzid).ShouldBe((form, written, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2025")]
    [InlineData("20250229")]
    [InlineData("20251301")]
    [InlineData("20250632")]
    [InlineData("20250602T")]
    [InlineData("20250602T240000")]
    [InlineData("20250602T096000")]
    [InlineData("20250602T090061")]
    [InlineData("20250602T090000+0200")]
    [InlineData("20250602090000")]
    [InlineData("00000101")]
    [InlineData("00010101")]
    [InlineData("99991231")]
    [InlineData("２０２５0602")]
    public void What_is_no_time_is_none(string value)
    {
        CalendarTime.TryParse(value, "Europe/Berlin", out var time).ShouldBeFalse();
        time.ShouldBe(default);
    }

    [Fact]
    public void A_zone_is_for_wall_times_only()
    {
        foreach (var (value, tzid) in (ReadOnlySpan<(string, string?)>)[("20250602T090000", "Europe/Berlin"), ("20250602T090000Z", null), ("20250602", null)])
        {
            CalendarTime.TryParse(value, "Europe/Berlin", out var time).ShouldBeTrue();
            time.Tzid.ShouldBe(tzid);
        }
    }

    [Theory]
    [InlineData("PT15M", 0, 900)]
    [InlineData("-PT15M", 0, -900)]
    [InlineData("+P1D", 1, 0)]
    [InlineData("P15DT5H0M20S", 15, 18020)]
    [InlineData("P7W", 49, 0)]
    [InlineData("-P1W", -7, 0)]
    [InlineData("P0DT0H15M", 0, 900)]
    [InlineData("pt1h", 0, 3600)]
    [InlineData("P1DT", 1, 0)]
    [InlineData("PT0S", 0, 0)]
    public void A_duration_is_read(string value, int days, int seconds)
    {
        CalendarDuration.TryParse(value, out var duration).ShouldBeTrue();
        duration.ShouldBe(new CalendarDuration(days, Duration.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("15M")]
    [InlineData("P1M")]
    [InlineData("PT1D")]
    [InlineData("P1H")]
    [InlineData("PT1.5H")]
    [InlineData("P-1D")]
    [InlineData("PT9999999999S")]
    [InlineData("P999999999W")]
    [InlineData("PT999999999H")]
    [InlineData("PT1H1H1H1H1H1H")]
    public void What_is_no_duration_is_none(string value) => CalendarDuration.TryParse(value, out _).ShouldBeFalse();

    [Fact]
    public void A_period_does_not_end_before_it_starts()
    {
        CalendarPeriod.TryParse("20250602T090000Z/20250602T080000Z", null, out _).ShouldBeFalse();
        CalendarPeriod.TryParse("20250602T090000Z/-PT1H", null, out _).ShouldBeFalse();
        CalendarPeriod.TryParse("20250602T090000Z/", null, out _).ShouldBeFalse();
        CalendarPeriod.TryParse("/PT1H", null, out _).ShouldBeFalse();
        CalendarPeriod.TryParse("20250602T090000Z/20250602T090000Z", null, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_time_moves_by_a_duration_within_the_years_there_are()
    {
        CalendarTime.TryParse("20250602T090000", null, out var time).ShouldBeTrue();
        time.Plus(new CalendarDuration(-1, -Duration.FromHours(2)))!.Value.ToString().ShouldBe("20250601T070000");
        time.Plus(new CalendarDuration(9_999_999, Duration.Zero)).ShouldBeNull();
        time.Plus(new CalendarDuration(-9_999_999, Duration.Zero)).ShouldBeNull();
    }

    [Theory]
    [InlineData(@"a\nb\Nc\\n\;\,", "a\nb\nc\\n;,")]
    [InlineData(@"C:\Temp \", @"C:\Temp \")]
    [InlineData(@"\""x\"" 1\:2", "\"x\" 1:2")]
    [InlineData("", "")]
    public void Text_is_unescaped(string value, string text) => TextValue.Unescape(value).ShouldBe(text);

    [Fact]
    public void A_list_of_texts_is_split_at_its_commas()
    {
        TextValue.UnescapeList(@"one,two\, three,\\,").ShouldBe(["one", "two, three", "\\", ""]);
        TextValue.UnescapeList("").ShouldBe([""]);
    }
}
