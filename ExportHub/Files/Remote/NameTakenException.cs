namespace ExportHub.Files.Remote;

/// <summary>There is a file under the name. Names are those of one attempt, so it is what this attempt put there, or something is wrong.</summary>
internal sealed class NameTakenException(string key) : IOException($"There is already a file '{key}' in the storage.");
