using System.ComponentModel.DataAnnotations;

namespace ExportHub.Notifications;

/// <summary>Settings under `Deliveries`.</summary>
internal sealed class DeliveriesOptions
{
    /// <summary>How often each instance looks for what is to be sent; what it told itself goes at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Deliveries:LookEvery must be from 00:00:00.1 to 00:10:00.")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a delivery is tried before it is given up and its owner told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Deliveries:GiveUpAfter must be from 00:00:00 to 30.00:00:00.")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long deliveries, their log and news at the bell are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Deliveries:Retention must be from 1.00:00:00 to 3650.00:00:00.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}
