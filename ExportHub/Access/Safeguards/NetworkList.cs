using System.Net;

namespace ExportHub.Access.Safeguards;

/// <summary>Addresses and networks as a setting lists them, separated by commas: `10.0.0.5, 10.1.0.0/16`.</summary>
internal static class NetworkList
{
    /// <exception cref="FormatException">One is neither an address nor a network; the message is that one.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    /// <summary>The sentence about one that is wrong; null when all are right.</summary>
    public static string? FaultOf(string setting, string? text)
    {
        try
        {
            Parse(text);
            return null;
        }
        catch (FormatException wrong)
        {
            return $"{setting} must be addresses or networks separated by commas, such as 10.0.0.5, 10.1.0.0/16, not {wrong.Message}.";
        }
    }

    private static IPNetwork Read(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) ? network : throw new FormatException(text);
    }
}
