using OtpNet;
using QRCoder;

namespace Regard.Access;

/// <summary>One-time codes from an app on the phone: TOTP (RFC 6238), six digits of 30 seconds, SHA-1 as every app has it.</summary>
internal static class SecondFactor
{
    private static readonly VerificationWindow OneStepEachWay = new(previous: 1, future: 1);

    /// <summary>A new secret of 160 bits (RFC 4226 section 4), in base32.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(20));

    /// <summary>The 30-second step whose code this is, one step early or late included; null when it is none's. A step is good once: keep the last one used.</summary>
    public static long? StepOf(string secret, string? code, Instant now)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit).Take(7)]);
        if (digits.Length != 6) return null;
        var totp = new Totp(Base32Encoding.ToBytes(secret));
        return totp.VerifyTotp(now.ToDateTimeUtc(), digits, out var step, OneStepEachWay) ? step : null;
    }

    /// <summary>The code that an app shows at an instant. For the demo and for tests.</summary>
    public static string CodeAt(string secret, Instant now) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(now.ToDateTimeUtc());

    /// <summary>A picture for the app's camera, as a <c>data:</c> address.</summary>
    public static string Picture(string secret, string account)
    {
        var link = new OtpUri(OtpType.Totp, secret, account, "Regard").ToString();
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(6));
    }
}
