namespace ExportHub.Files;

/// <summary>The store has no room. Not worth another attempt.</summary>
internal sealed class StorageFullException : IOException
{
    public StorageFullException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The store does not let ExportHub do what it has to, and no other attempt will change that. The message is a sentence for people.</summary>
internal sealed class StorageDeniedException(string message, Exception? inner = null) : UnauthorizedAccessException(message, inner)
{
    public static StorageDeniedException NoPlace(string name, Exception? inner = null) =>
        new($"The place “{name}” where files are to be kept does not exist. Nothing was saved. An administrator has to make it or to name another.", inner);

    public static StorageDeniedException WrongKey(Exception? inner = null) =>
        new("The storage does not accept the key that ExportHub has. Nothing was saved. An administrator has to give it another.", inner);

    public static StorageDeniedException NoKey(Exception? inner = null) =>
        new("ExportHub has no key for the storage. Nothing was saved. An administrator has to give it one.", inner);

    public static StorageDeniedException NoRight(Exception? inner = null) =>
        new("ExportHub may not write where files are kept. An administrator has to give it the right.", inner);
}
