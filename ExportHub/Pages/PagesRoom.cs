using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Language;
using ExportHub.Pages.Errors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace ExportHub.Pages;

/// <summary>The pages for people.</summary>
internal static class PagesRoom
{
    /// <summary>A dataset may have hundreds of columns, each of them two fields of the request form.</summary>
    internal const int MostFields = 10_000;

    /// <summary>What other doors answer themselves, in their own way.</summary>
    private static readonly PathString[] OtherDoors = ["/api", "/openapi", "/health"];

    public static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        var pages = builder.Services.AddRazorPages(options =>
        {
            options.Conventions.ConfigureFilter(new KnownHandlers());
            options.Conventions.AllowAnonymousToPage("/Errors/Error");
            options.Conventions.AllowAnonymousToPage("/SignIn/SignIn");
            options.Conventions.AllowAnonymousToPage("/Look/Look");
            options.Conventions.AuthorizePage("/Users/Users", AccessRoom.AdminOnly).AuthorizePage("/Users/Users", AccessRoom.InPersonOnly);
            options.Conventions.AuthorizePage("/Operations/Operations", AccessRoom.OperatorsOnly).AuthorizePage("/Audit/Audit", AccessRoom.OperatorsOnly);
            options.Conventions.AuthorizePage("/Account/Account", AccessRoom.InPersonOnly);
            options.Conventions.AuthorizeFolder("/Datasets", AccessRoom.AdminOnly).AuthorizeFolder("/Places", AccessRoom.AdminOnly);
            options.Conventions.AddPageRoute("/Datasets/EditDataset", "/admin/datasets/new/form");
        });
        // Below, it writes what was filled into a form, such as a password.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Mvc.RazorPages", LogLevel.Debug);
        builder.Services.Configure<MvcOptions>(options => options.MaxModelBindingCollectionSize = MostFields);
        builder.Services.Configure<FormOptions>(options => options.ValueCountLimit = MostFields);
        builder.Services.AddSingleton<Templates.TemplateDesk>();
        builder.Services.AddSingleton<Schedules.ScheduleFormDesk>();
        builder.Services.AddSingleton<Schedules.ScheduleDesk>().AddSingleton<Schedules.MonthDesk>().AddSingleton<Status.OriginDesk>();
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<AntiforgeryOptions>().Configure<HttpsRule>((options, https) =>
        {
            https.Shape(options.Cookie, "exporthub-form");
            options.Cookie.SameSite = SameSiteMode.Strict;
            // "Always" throws where a page is asked for over plain http; a browser drops such a cookie by its name.
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
#if RUNTIME_COMPILATION
        if (builder.Environment.IsDevelopment())
        {
            // Pages lie under the project, not under the content root, which is the repository. Made by the container, which then also ends the watching.
            builder.Services.AddSingleton(services => new Microsoft.Extensions.FileProviders.PhysicalFileProvider(
                Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, "ExportHub")));
#pragma warning disable ASPDEPR003 // .NET 10 calls it obsolete in favour of hot reload, which needs `dotnet watch`; here an edited page is seen in a plain `dotnet run`.
            builder.Services.AddOptions<Microsoft.AspNetCore.Mvc.Razor.RuntimeCompilation.MvcRazorRuntimeCompilationOptions>()
                .Configure<Microsoft.Extensions.FileProviders.PhysicalFileProvider>((options, project) => options.FileProviders.Add(project));
            pages.AddRazorRuntimeCompilation();
#pragma warning restore ASPDEPR003
        }
#else
        _ = pages;
#endif
        return builder;
    }

    /// <summary>
    /// Call it before other rooms map theirs: error pages and headers wrap what comes after. An exception of another door is shown as a page
    /// too, unless that door has an <see cref="IExceptionHandler"/> or catches it itself.
    /// </summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseWhen(IsForPages, branch => branch.UseReaderLanguage().Use(CacheHeaders.OfPageAsync));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = ErrorWords.StatusOf,
            // Since .NET 10 an exception that a handler answers is not logged by default; ours always are.
            SuppressDiagnosticsCallback = _ => false,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(context => !IsForPages(context), branch => branch.Use(LeaveStatusAlone));
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = CacheHeaders.OfStaticFile });
        app.MapRazorPages();
        return app;
    }

    private static Task LeaveStatusAlone(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    private static bool IsForPages(HttpContext context) =>
        !OtherDoors.Any(door => context.Request.Path.StartsWithSegments(door, StringComparison.OrdinalIgnoreCase));
}
