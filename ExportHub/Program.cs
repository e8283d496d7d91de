using ExportHub.Api;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Jobs;
using ExportHub.Operations;
using ExportHub.Pages;

var builder = WebApplication.CreateBuilder(args);

builder.AddDatabase();
builder.AddFiles();
builder.AddDatasets();
builder.AddExports();
builder.AddJobs();
builder.AddOperations();
builder.AddPages();
builder.AddApi();

var app = builder.Build();

app.MapPages();
app.MapApi();
app.MapJobs();

await app.RunAsync();
