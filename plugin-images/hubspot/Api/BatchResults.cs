using System.Text.Json;
using DotMac.Plugins.HubSpot.Operations;
using DotMac.Plugins.Sdk.Errors;

namespace DotMac.Plugins.HubSpot.Api;

/// <summary>Finds for each input of a batch what became of it.</summary>
internal static class BatchResults
{
    /// <summary>Puts trace ids to inputs: unlike those of any other batch, so that nobody takes them for a repetition.</summary>
    public static IReadOnlyList<HubSpotInput> Inputs(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> properties, IReadOnlyList<string>? ids = null, string? idProperty = null)
    {
        string batch = Guid.NewGuid().ToString("N");
        return [.. PropertyTexts.OfInputs(properties).Select((texts, index) => new HubSpotInput(texts, $"{batch}-{index}", ids?[index], idProperty))];
    }

    /// <summary>What became of each input.</summary>
    /// <param name="inputs">The inputs, as they were sent.</param>
    /// <param name="batch">HubSpot's answer.</param>
    /// <param name="places">Where things stand in an input of the caller's request.</param>
    /// <exception cref="VendorException">The answer has neither results nor errors.</exception>
    public static BatchAnswer Of(IReadOnlyList<HubSpotInput> inputs, HubSpotBatch batch, Func<int, RequestPlaces> places)
    {
        if (batch.Results is null && batch.Errors is null)
        {
            throw new VendorException($"{HubSpotClient.Vendor}'s answer could not be understood: a batch with neither results nor errors.");
        }

        return new BatchAnswer(
            [.. (batch.Results ?? []).Select(result => new BatchItem(Index(inputs, result), result.New, CrmObject.Of(result))).OrderBy(static item => item.Index ?? int.MaxValue)],
            [.. (batch.Errors ?? []).SelectMany(error => Failures(inputs, HubSpotError.Read(error), places)).OrderBy(static failure => failure.Index ?? int.MaxValue)]);
    }

    // By the trace id where HubSpot gives it back, else by what names the object.
    private static int? Index(IReadOnlyList<HubSpotInput> inputs, HubSpotObject result) =>
        inputs.Count == 1 ? 0
        : Single(inputs, input => input.ObjectWriteTraceId == result.ObjectWriteTraceId) ?? Single(inputs, input => input.Id is not null && input.Id == Key(input, result));

    private static string? Key(HubSpotInput input, HubSpotObject result) =>
        input.IdProperty is null or "hs_object_id" ? result.Id
        : result.Properties?.GetValueOrDefault(input.IdProperty) is { } value && string.Equals(value, input.Id, StringComparison.OrdinalIgnoreCase) ? input.Id : null;

    private static IEnumerable<BatchFailure> Failures(IReadOnlyList<HubSpotInput> inputs, HubSpotError? error, Func<int, RequestPlaces> places)
    {
        // One error may be about several inputs.
        int[] about = inputs.Count == 1 ? [0]
            : [.. error?.TraceIds.Select(trace => Single(inputs, input => input.ObjectWriteTraceId == trace)).OfType<int>() ?? []];
        about = about.Length > 0 ? about : [.. error?.Ids.Select(id => Single(inputs, input => input.Id == id)).OfType<int>() ?? []];
        return about.Length == 0
            ? [Failure(null, error, RequestPlaces.Object("/inputs"))]
            : about.Select(index => Failure(index, error, places(index)));
    }

    private static BatchFailure Failure(int? index, HubSpotError? error, RequestPlaces places) =>
        new(index, error?.Category, error?.Message ?? "HubSpot did not say why.", error?.ExistingId, HubSpotErrors.Fields(error, places));

    private static int? Single(IReadOnlyList<HubSpotInput> inputs, Func<HubSpotInput, bool> fits)
    {
        int[] found = [.. Enumerable.Range(0, inputs.Count).Where(index => fits(inputs[index])).Take(2)];
        return found is [int only] ? only : null;
    }
}
