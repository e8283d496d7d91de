namespace ExportHub.Exports;

internal static class ExportsRoom
{
    public static void AddExports(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ExportsOptions>().BindConfiguration("Exports").ValidateDataAnnotations()
            .Validate(o => o.RenewEvery < o.Lease / 2, "Exports:RenewEvery must be less than half of Exports:Lease.")
            .ValidateOnStart();
        services.AddOptions<PollingOptions>().BindConfiguration("Polling").ValidateDataAnnotations()
            .Validate(o => o.InitialDelay <= o.MaxDelay, "Polling:InitialDelay must not be longer than Polling:MaxDelay.")
            .ValidateOnStart();
        services.AddSingleton<ExportStore>().AddSingleton<HistoryStore>().AddSingleton<AttemptStore>().AddSingleton<ReceiptStore>().AddSingleton<VerifyFile>();
        services.AddSingleton<ForecastStore>().AddSingleton<QueueOutlook>().AddSingleton<ForecastExport>().AddSingleton<ServiceModeStore>().AddSingleton<Admission>();
        services.AddSingleton<PersonalTerms>().AddSingleton<PersonalRoom>().AddSingleton<OutdatedFiles>().AddSingleton<KeptFileStore>().AddSingleton<KeepFile>();
        services.AddSingleton<RequestCheck>().AddSingleton<PreflightStore>().AddSingleton<PreflightAudit>().AddSingleton<PreflightSample>().AddSingleton<PreflightRoom>().AddSingleton<PreflightExport>();
        services.AddSingleton<ExportRights>().AddSingleton<RequestExport>().AddSingleton<ControlExport>().AddSingleton<ExportHistory>().AddSingleton<ExportAudit>();
        services.AddSingleton<ExportMeter>().AddSingleton<ExportFile>().AddSingleton<RunExport>();
        services.AddSingleton<ExportRun>(provider => provider.GetRequiredService<RunExport>().RunAsync);
        services.AddSingleton<ForgottenExports>().AddSingleton<Reconciler>().AddHostedService(provider => provider.GetRequiredService<Reconciler>());
    }
}
