-- A search for the beginning of a name is planned by how many names begin so: with the usual sample the planner sometimes takes few for many and reads the whole history.
ALTER INDEX exporthub.export_by_name_start ALTER COLUMN 1 SET STATISTICS 1000;
