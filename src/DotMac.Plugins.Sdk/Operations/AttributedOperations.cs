using System.Reflection;

namespace DotMac.Plugins.Sdk.Operations;

/// <summary>Finds the methods that carry a <see cref="PluginOperationAttribute"/>.</summary>
internal static class AttributedOperations
{
    /// <summary>The operations of a plugin.</summary>
    public static IEnumerable<Operation> Of(BasePlugin plugin) =>
        from method in plugin.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance)
        let attribute = method.GetCustomAttribute<PluginOperationAttribute>()
        where attribute is not null
        select Make(plugin, method, attribute);

    private static Operation Make(BasePlugin plugin, MethodInfo method, PluginOperationAttribute attribute)
    {
        ParameterInfo[] parameters = method.GetParameters();
        Type[] requests = [.. parameters.Select(parameter => parameter.ParameterType).Where(type => !IsContext(type))];
        bool isTask = method.ReturnType == typeof(Task);
        bool isTaskOfResult = method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>);
        if (requests.Length > 1 || (requests is [{ IsClass: false }]) || !(isTask || isTaskOfResult))
        {
            throw new InvalidOperationException(
                $"{method.DeclaringType?.Name}.{method.Name} cannot be an operation: it takes at most one request (a class), a PluginContext and a "
                    + "CancellationToken, and returns Task or Task<T>.");
        }

        PropertyInfo? result = isTaskOfResult ? method.ReturnType.GetProperty(nameof(Task<object>.Result)) : null;
        return new Operation(
            attribute.Name, attribute.Description, requests.FirstOrDefault(), isTaskOfResult ? method.ReturnType.GetGenericArguments()[0] : null, InvokeAsync);

        async Task<object?> InvokeAsync(object? request, PluginContext context, CancellationToken cancellationToken)
        {
            object?[] arguments = [.. parameters.Select(parameter =>
                parameter.ParameterType == typeof(PluginContext) ? context
                : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
                : request)];
            var task = (Task)method.Invoke(plugin, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            await task;
            return result?.GetValue(task);
        }
    }

    private static bool IsContext(Type type) => type == typeof(PluginContext) || type == typeof(CancellationToken);
}
