# The application with the Hangfire engine. PostgreSQL is not inside: give ConnectionStrings__ExportHub, or use compose.yaml.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY build/ build/
COPY ExportHub/ExportHub.csproj ExportHub/
# Compiled ahead of time, so that the first export after a start does not wait for the compiler.
RUN dotnet restore ExportHub -p:JobEngine=Hangfire -p:PublishReadyToRun=true --use-current-runtime
COPY appsettings.json ./
COPY wwwroot/ wwwroot/
COPY datasets/ datasets/
COPY ExportHub/ ExportHub/
RUN dotnet publish ExportHub -c Release -p:JobEngine=Hangfire -p:PublishReadyToRun=true --use-current-runtime --self-contained false --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
# Files and keys live in a volume that the unprivileged user of the image owns.
RUN mkdir /app/data && chown "$APP_UID" /app/data
VOLUME /app/data
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "ExportHub.dll"]
