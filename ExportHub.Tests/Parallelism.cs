// Tests wait for databases, processes and browsers more than they compute: with one collection for each of two cores, half of both stayed idle.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
