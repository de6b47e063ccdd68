// Tests that wait for a backoff or a timeout need no processor while they do.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
