using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>The first rows under the titles of their columns.</summary>
public sealed class SampleView
{
    internal SampleView(Dataset dataset, Sample sample) => (Dataset, Sample) = (dataset, sample);

    internal Dataset Dataset { get; }

    internal Sample Sample { get; }
}
