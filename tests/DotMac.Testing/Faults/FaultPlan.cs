namespace DotMac.Testing.Faults;

/// <summary>The script of a <see cref="FaultProxy"/>: which requests meet which fault, and how often. The first rule that matches counts.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];
    private int _applied;

    /// <summary>How many requests have met a fault.</summary>
    public int Applied => Volatile.Read(ref _applied);

    /// <summary>Adds a rule for the next requests that match.</summary>
    public FaultPlan Next(FaultMatch match, FaultAction action, int times = 1)
    {
        lock (_gate)
        {
            _rules.Add(new Rule(match, action, times));
        }

        return this;
    }

    /// <summary>Adds a rule that stays until <see cref="Clear"/>.</summary>
    public FaultPlan Always(FaultMatch match, FaultAction action) => Next(match, action, int.MaxValue);

    /// <summary>Forgets all rules.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal FaultAction? Take(RequestFacts facts)
    {
        lock (_gate)
        {
            var rule = _rules.Find(r => r.Match.Holds(facts));
            if (rule is null)
            {
                return null;
            }

            _applied++;
            if (rule.Left != int.MaxValue && --rule.Left == 0)
            {
                _rules.Remove(rule);
            }

            return rule.Action;
        }
    }

    private sealed class Rule(FaultMatch match, FaultAction action, int left)
    {
        public FaultMatch Match => match;

        public FaultAction Action => action;

        public int Left { get; set; } = left;
    }
}
