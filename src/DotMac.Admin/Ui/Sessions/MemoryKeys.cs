using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DotMac.Admin.Ui.Sessions;

/// <summary>Keys that live as long as the process.</summary>
internal sealed class MemoryKeys : IXmlRepository
{
    private readonly Lock _gate = new();
    private readonly List<XElement> _elements = [];

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate)
        {
            return [.. _elements];
        }
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_gate)
        {
            _elements.Add(element);
        }
    }
}
