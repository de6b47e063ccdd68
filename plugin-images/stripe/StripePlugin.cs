using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DotMac.Plugins.Sdk;
using DotMac.Plugins.Sdk.Config;
using DotMac.Plugins.Sdk.Errors;
using DotMac.Plugins.Sdk.Http;
using DotMac.Plugins.Sdk.Operations;
using DotMac.Plugins.Sdk.Webhooks;
using DotMac.Plugins.Stripe.Api;
using DotMac.Plugins.Stripe.Operations;
using DotMac.Plugins.Stripe.Webhooks;

namespace DotMac.Plugins.Stripe;

/// <summary>Payments through Stripe. Config is read once a call, so a changed key is in force with the next call.</summary>
public sealed class StripePlugin : BasePlugin
{
    private IPluginConfig<StripeConfig>? _config;
    private StripeClient? _client;

    /// <inheritdoc/>
    public override PluginInfo Info { get; } = new("stripe", "Stripe payments", "1.0.0")
    {
        Description = "Payments through the Stripe API",
        Author = "DotMac",
        Category = PluginCategory.Billing,
    };

    private StripeConfig Config => _config!.Current;

    private StripeClient Client => _client!;

    /// <inheritdoc/>
    public override void Configure(PluginBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _config = builder.UseConfig<StripeConfig>();
        var http = new PluginHttpClientOptions { Vendor = StripeClient.Vendor, IdempotencyHeader = StripeClient.IdempotencyHeader };
        _client = new StripeClient(builder.CreateHttpClient(http), builder.TimeProvider);
        builder.AddCheck(new CredentialsCheck(_client, _config));
        var events = new EventWebhook(builder.PublishEvents(() => _config.Current.Events));
        builder.AddWebhook(new Webhook("events", "What happened in the Stripe account.", new StripeSignature(() => _config.Current.WebhookSecret, builder.TimeProvider), events.HandleAsync));
    }

    /// <summary>Makes a customer.</summary>
    /// <param name="request">Who.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The customer.</returns>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("create_customer", Description = "Makes a customer.")]
    public Task<Customer> CreateCustomerAsync(CreateCustomerRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = new StripeForm()
            .Add("email", request.Email).Add("name", request.Name).Add("phone", request.Phone).Add("description", request.Description)
            .Add("metadata", request.Metadata);
        return PostAsync("customers", "create_customer", form, StripeJson.Default.Customer, notFound: null, context, cancellationToken);
    }

    /// <summary>Begins a payment.</summary>
    /// <param name="request">How much, and from whom.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The payment as it is now; its status says what is next.</returns>
    /// <exception cref="InvalidRequestException">Stripe refused a field, or the card was declined.</exception>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("create_payment_intent", Description = "Begins a payment; with confirm, it is made at once.")]
    public Task<PaymentIntent> CreatePaymentIntentAsync(CreatePaymentIntentRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = new StripeForm()
            .Add("amount", request.Amount).Add("currency", request.Currency).Add("customer", request.Customer).Add("payment_method", request.PaymentMethod)
            .Add("payment_method_types", request.PaymentMethodTypes).Add("confirm", request.Confirm).Add("off_session", request.OffSession)
            .Add("capture_method", request.CaptureMethod).Add("description", request.Description).Add("receipt_email", request.ReceiptEmail)
            .Add("return_url", request.ReturnUrl?.AbsoluteUri).Add("statement_descriptor", request.StatementDescriptor).Add("metadata", request.Metadata);
        if (request.AutomaticPaymentMethods is { } automatic)
        {
            form.Add("automatic_payment_methods[enabled]", automatic);
        }

        return PostAsync("payment_intents", "create_payment_intent", form, StripeJson.Default.PaymentIntent, notFound: null, context, cancellationToken);
    }

    /// <summary>Makes a payment that was begun.</summary>
    /// <param name="request">Which one, and with what.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The payment as it is now.</returns>
    /// <exception cref="ResourceNotFoundException">The account has no such payment.</exception>
    /// <exception cref="InvalidRequestException">Stripe refused a field, or the card was declined.</exception>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("confirm_payment_intent", Description = "Makes a payment that was begun.")]
    public Task<PaymentIntent> ConfirmPaymentIntentAsync(ConfirmPaymentIntentRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = new StripeForm()
            .Add("payment_method", request.PaymentMethod).Add("off_session", request.OffSession).Add("receipt_email", request.ReceiptEmail)
            .Add("return_url", request.ReturnUrl?.AbsoluteUri);
        return PostAsync(
            $"payment_intents/{request.Id}/confirm", "confirm_payment_intent", form, StripeJson.Default.PaymentIntent, NoPayment(request.Id), context, cancellationToken);
    }

    /// <summary>Gives a payment up that was begun and not made.</summary>
    /// <param name="request">Which one, and why.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The payment as it is now.</returns>
    /// <exception cref="ResourceNotFoundException">The account has no such payment.</exception>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("cancel_payment_intent", Description = "Gives a payment up that was begun and not made.")]
    public Task<PaymentIntent> CancelPaymentIntentAsync(CancelPaymentIntentRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        StripeForm form = new StripeForm().Add("cancellation_reason", request.Reason);
        return PostAsync(
            $"payment_intents/{request.Id}/cancel", "cancel_payment_intent", form, StripeJson.Default.PaymentIntent, NoPayment(request.Id), context, cancellationToken);
    }

    /// <summary>Gives money back.</summary>
    /// <param name="request">Of which payment, and how much.</param>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The refund.</returns>
    /// <exception cref="InvalidRequestException">Stripe refused a field: there is no such payment, or not so much of it is left.</exception>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("refund", Description = "Gives the money of a payment back, all or a part.")]
    public Task<Refund> RefundAsync(RefundRequest request, PluginContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var form = new StripeForm()
            .Add("payment_intent", request.PaymentIntent).Add("charge", request.Charge).Add("amount", request.Amount).Add("reason", request.Reason)
            .Add("metadata", request.Metadata);
        return PostAsync("refunds", "refund", form, StripeJson.Default.Refund, notFound: null, context, cancellationToken);
    }

    /// <summary>Tells what is in the account.</summary>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The balance, by currency.</returns>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("get_balance", Description = "Tells what is in the account, available and pending, by currency.")]
    public async Task<Balance> GetBalanceAsync(CancellationToken cancellationToken)
    {
        StripeBalance balance = await Client.GetAsync(Config, "balance", [], StripeJson.Default.StripeBalance, notFound: null, cancellationToken);
        return new Balance(balance.Available ?? [], balance.Pending ?? [], balance.Livemode);
    }

    /// <summary>Lists objects, page after page.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Fires at the call's deadline.</param>
    /// <returns>The objects as Stripe has them, the newest first.</returns>
    /// <exception cref="PluginException">Stripe refused or failed.</exception>
    [PluginOperation("list", Description = "Lists customers, payments, charges or refunds, the newest first, as many pages as it takes.")]
    public async Task<ListAnswer> ListAsync(ListRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        StripeConfig config = Config;
        var items = new List<JsonElement>();
        string? after = request.StartingAfter;
        while (true)
        {
            StripeForm query = ListQuery.Of(request, after, request.MaxItems - items.Count);
            StripeList page = await Client.GetAsync(config, ListQuery.Path(request.Resource), query.Fields, StripeJson.Default.StripeList, notFound: null, cancellationToken);
            items.AddRange(page.Data ?? []);

            // A page that promises more and has nothing would be asked for again and again.
            string? last = page.Data is [.., JsonElement end] && end.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;
            bool more = page.HasMore && last is not null && last != after;
            if (!more || items.Count >= request.MaxItems)
            {
                return new ListAnswer(items, more, more ? last : null);
            }

            after = last;
        }
    }

    private static string NoPayment(string id) => $"The account has no payment intent {id}.";

    private Task<T> PostAsync<T>(
        string path, string operation, StripeForm form, JsonTypeInfo<T> answer, string? notFound, PluginContext context, CancellationToken cancellationToken)
        where T : class =>
        Client.PostAsync(Config, path, form.Fields, StripeClient.Key(operation, context), answer, notFound, cancellationToken);
}
