using ExportHub.Access;
using ExportHub.Api;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Jobs;
using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Operations;
using ExportHub.Pages;
using ExportHub.Schedules;

var builder = WebApplication.CreateBuilder(args);

// Hosted services start in this order and stop in the reverse: the database first and last, the engine before those who call it.
builder.AddLanguage();
builder.AddDatabase();
builder.AddAccess();
builder.AddFiles();
builder.AddDatasets();
builder.AddJobs();
builder.AddExports();
builder.AddNotifications();
builder.AddSchedules();
builder.AddOperations();
builder.AddPages();
builder.AddApi();

var app = builder.Build();

// Who asks is known after the doors have said how they answer errors, so that a refusal is answered as each of them does.
app.UseRole();
app.UseSafeguards();
app.MapPages();
app.MapApi();
app.UseAccess();
app.MapJobs();

await app.RunAsync();
