// The plugin contract without the SDK: Node.js 18 or newer, no packages.
import { createHmac, createPublicKey, randomUUID, timingSafeEqual, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const env = process.env;
const directory = env.DOTMAC_CONFIG_DIRECTORY ?? '/etc/dotmac';
const startedAt = new Date().toISOString();
const latency = { boundsMilliseconds: [10, 100, 1000, 10000], counts: [0, 0, 0, 0, 0], sumMilliseconds: 0 };
const metrics = { apiCalls: 0, apiErrors: 0, latency };
let stopping = false;

// References to Vault stand as files: /vault/secrets/<name> is a JSON object. This example takes ${env:…} and ${secret:…} alone.
const resolve = value => value.replaceAll(/\$\{(env|secret):([^}]+)\}/g, (_, kind, name) =>
  kind === 'env' ? env[name] ?? fail(`${name} is not set`) : readFileSync(`${env.DOTMAC_SECRETS_DIRECTORY ?? '/var/run/dotmac/secrets'}/${name}`, 'utf8'));
const fail = message => { throw new Error(message); };

// Read at each call, so that a changed file needs no restart.
function config() {
  const { apiKey, signingSecret = '' } = JSON.parse(readFileSync(`${directory}/plugin.json`, 'utf8'));
  return { apiKey: resolve(apiKey), signingSecret: resolve(signingSecret) };
}

// Who calls: a service-account token of the plugins' audience, verified offline against the keys that the operator puts beside the config.
function caller(header) {
  const { issuer, audience, allowed, jwks } = JSON.parse(readFileSync(`${directory}/callers.json`, 'utf8'));
  const [head, body, signature] = (header ?? '').replace(/^Bearer /i, '').split('.');
  try {
    const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url'));
    const claims = JSON.parse(Buffer.from(body, 'base64url'));
    const key = createPublicKey({ key: jwks.keys.find(k => k.kid === kid), format: 'jwk' });
    const good = alg === 'RS256' && verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
      && claims.iss === issuer && [claims.aud].flat().includes(audience) && claims.exp * 1000 > Date.now();
    if (!good) return { status: 401 };
    const [, , namespace, serviceAccount] = claims.sub.split(':');
    const may = allowed.some(a => a.namespace === namespace && (!a.serviceAccount || a.serviceAccount === serviceAccount));
    return may ? { subject: claims.sub } : { status: 403 };
  } catch {
    return { status: 401 };
  }
}

const operations = {
  send_page: {
    description: 'Sends a page.',
    requestSchema: { type: 'object', required: ['to', 'text'], properties: { to: { type: 'string' }, text: { type: 'string' } } },
    perform({ to, text }) {
      if (typeof to !== 'string' || !/^[0-9]{4,10}$/.test(to)) throw problem(422, 'invalid-request', 'Some fields are missing or wrong.', [{ pointer: '/to', message: 'Must be 4 to 10 digits.' }]);
      if (typeof text !== 'string' || text.length === 0) throw problem(422, 'invalid-request', 'Some fields are missing or wrong.', [{ pointer: '/text', message: 'Is required.' }]);
      return { id: randomUUID() }; // Here the vendor would be asked, with config().apiKey.
    },
  },
};

const problem = (status, type, detail, errors) => ({ status, type: `https://plugins.dotmac.io/problems/${type}`, title: detail, detail, errors });

function ready() {
  try { config(); } catch (error) { throw problem(503, 'not-ready', `Config or secrets are not complete: ${error.message}`); }
}

function perform(name, request, body) {
  const who = caller(request.headers.authorization);
  if (!who.subject) throw problem(who.status, who.status === 401 ? 'unauthenticated' : 'forbidden', 'Send a token of an allowed service account.');
  if (request.headers['x-dotmac-tenant'] !== env.DOTMAC_TENANT) throw problem(403, 'wrong-tenant', 'X-DotMac-Tenant must name the tenant whose plugin this is.');
  if (!Object.hasOwn(operations, name)) throw problem(404, 'not-found', `The plugin has: ${Object.keys(operations).join(', ')}.`);
  ready();
  const begin = performance.now();
  try {
    return operations[name].perform(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) throw problem(400, 'invalid-request', 'The body is not JSON.');
    if (!error.status) metrics.apiErrors++;
    throw error;
  } finally {
    const took = performance.now() - begin;
    const bucket = latency.boundsMilliseconds.findIndex(bound => took <= bound);
    latency.counts[bucket < 0 ? latency.counts.length - 1 : bucket]++;
    latency.sumMilliseconds += took;
    metrics.apiCalls++;
  }
}

function webhook(request, body) {
  const given = Buffer.from(request.headers['x-pager-signature'] ?? '', 'hex');
  const expected = createHmac('sha256', config().signingSecret).update(body).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw problem(403, 'forbidden', 'The signature is wrong.');
}

function status() {
  let check = { name: 'config', state: 'Healthy', message: '' };
  try { config(); } catch (error) { check = { name: 'config', state: 'Unhealthy', message: error.message }; }
  const state = stopping ? 'Stopping' : check.state === 'Healthy' ? 'Active' : 'Initializing';
  return { plugin: 'pager', version: '1.0.0', state, startedAt, checks: [check], metrics };
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const [path] = request.url.split('?');
  const send = (code, value, type = 'application/json') => response.writeHead(code, { 'Content-Type': type, ...(stopping && { Connection: 'close' }) }).end(typeof value === 'string' ? value : JSON.stringify(value));
  try {
    if (path === '/healthz') send(200, 'ok', 'text/plain');
    else if (path === '/readyz') { if (stopping) throw problem(503, 'not-ready', 'The plugin is stopping.'); ready(); send(200, 'ok', 'text/plain'); }
    else if (path === '/status') send(200, status());
    else if (path === '/metrics') send(200, `# TYPE dotmac_plugin_api_calls_total counter\ndotmac_plugin_api_calls_total ${metrics.apiCalls}\n`, 'text/plain; version=0.0.4');
    else if (path === '/v1/operations') send(200, { operations: Object.entries(operations).map(([name, o]) => ({ name, description: o.description, requestSchema: o.requestSchema })) });
    else if (path.startsWith('/v1/operations/') && request.method === 'POST') send(200, perform(path.slice(15), request, body));
    else if (path === '/v1/webhooks/receipt' && request.method === 'POST') { webhook(request, body); response.writeHead(204).end(); }
    else throw problem(404, 'not-found', 'The plugin contract has no such path.');
  } catch (error) {
    if (!error.status) console.error(JSON.stringify({ level: 'error', message: error.message }));
    send(error.status ?? 500, error.status ? error : problem(500, 'internal', 'The plugin failed; its log says more.'), 'application/problem+json');
  }
});

// Told to stop: not ready any more, but calls are taken until the last caller has heard of it.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => server.close(() => process.exit(0)), Number(env.LAME_DUCK_MILLISECONDS ?? 5000));
});
server.listen(Number(env.PORT ?? 8080), () => console.log(JSON.stringify({ level: 'info', message: 'listening' })));
