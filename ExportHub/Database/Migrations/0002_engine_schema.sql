-- Quartz makes its own tables but not their schema; Hangfire makes both.
CREATE SCHEMA IF NOT EXISTS quartz;
