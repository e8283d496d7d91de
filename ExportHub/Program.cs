using ExportHub.Api;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Jobs;
using ExportHub.Operations;
using ExportHub.Pages;

var builder = WebApplication.CreateBuilder(args);

// Hosted services start in this order and stop in the reverse: the database first and last, the engine before those who call it.
builder.AddDatabase();
builder.AddFiles();
builder.AddDatasets();
builder.AddJobs();
builder.AddExports();
builder.AddOperations();
builder.AddPages();
builder.AddApi();

var app = builder.Build();

app.MapPages();
app.MapApi();
app.MapJobs();

await app.RunAsync();
