using System.Text;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Factors;
using NodaTime;

namespace Convene.Server.Tests.Factors;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 4226, appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void Codes_are_those_of_rfc_4226(long counter, string code) => Totp.Code(Secret, counter).ShouldBe(code);

    // RFC 6238, appendix B: the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void At_the_times_of_rfc_6238(long seconds, string code) => Totp.Code(Secret, Totp.Step(Instant.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void The_step_before_and_after_are_taken_too(int off, bool taken)
    {
        var now = Instant.FromUnixTimeSeconds(1_900_000_005);
        var step = Totp.Step(now) + off;
        Totp.StepOf(Secret, Totp.Code(Secret, step), now).ShouldBe(taken ? step : null);
    }

    // RFC 4648 §10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_rfc_4648s(string text, string expected) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);

    [Fact]
    public void A_sealed_secret_opens_with_its_key_for_its_owner_and_nowhere_else()
    {
        var seal = new Seal("0123456789abcdef0123456789abcdef");
        var closed = seal.Close(Secret, "totp:1");
        seal.Open(closed, "totp:1").ShouldBe(Secret);
        seal.Close(Secret, "totp:1").ShouldNotBe(closed, "no two are alike");
        seal.Open(closed, "totp:2").ShouldBeNull("moved to another account");
        new Seal("another-key-another-key-another-k").Open(closed, "totp:1").ShouldBeNull("another signing key");
        var bytes = Convert.FromBase64String(closed);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            seal.Open(Convert.ToBase64String(bytes), "totp:1").ShouldBeNull($"byte {i} was changed");
            bytes[i] ^= 1;
        }
    }
}
