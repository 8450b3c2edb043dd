import type { ModuleServer, ModuleService } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import type { PanelRequest } from '@/modules/sdk/http';
import type { Definition, OperationName } from './definition';
import type { CallDefinition, RequestDefinition } from './definition-calls';
import type { FieldDefinition } from './definition-fields';
import { makeRequest } from './requests';
import { type GenericConfig, LOGIN_FIELDS, makeSchemas, presetOf } from './schemas';
import { makeScopes } from './scope';

/** What stands for a secret, here and wherever a request is shown. */
const MASK = '••••••';
const SAMPLE_ID = '01890f3e-0000-7000-8000-000000000001';

/** One request as it would be sent for a sample service, secrets masked. `error`: why it could not be made. */
export interface PreviewedRequest {
  title: string;
  /** The look before the call, not the call itself. */
  isLook: boolean;
  request: { method: string; url: string; headers: [string, string][]; body: string | null } | null;
  error: string | null;
}

function sampleOf(field: FieldDefinition): unknown {
  const preset = presetOf(field);
  if (preset !== undefined) return preset;
  if (field.kind === 'secret') return MASK;
  if (field.kind === 'number') return field.min ?? 1;
  if (field.kind === 'switch') return false;
  if (field.kind === 'choice') return field.choices[0]?.value ?? '';
  return field.name;
}

const samples = (fields: readonly FieldDefinition[]) =>
  Object.fromEntries(fields.map((field) => [field.name, sampleOf(field)]));

function sampleConfig({ connection, serverFields }: Definition): GenericConfig {
  const login = Object.fromEntries(
    LOGIN_FIELDS[connection.authentication.by].map((name) => [name, name === 'username' ? 'panel-user' : MASK]),
  );
  const baseUrl = connection.urlPlaceholder ?? 'https://panel.example.com/api';
  return { baseUrl, ...samples(serverFields), ...login };
}

function sampleService({ options, productFields }: Definition): ModuleService {
  return {
    id: SAMPLE_ID,
    status: 'ACTIVE',
    domain: 'sample.example.com',
    username: 'sample1a2',
    password: MASK,
    remoteId: '4711',
    dedicatedIp: null,
    additionalData: {},
    configOptions: options.map(({ id, preset }) => ({ optionId: id, quantity: preset })),
    product: { id: SAMPLE_ID, name: 'Sample product', moduleSettings: samples(productFields) },
    customer: { id: SAMPLE_ID, email: 'customer@example.com', name: 'Sample Customer', language: 'en' },
  };
}

/**
 * The requests of one operation, in order, as they would leave for a sample service. What an earlier answer would give is
 * written as `<name>`. Nothing is sent.
 */
export function previewOperation(definition: Definition, name: OperationName): PreviewedRequest[] {
  const calls: readonly CallDefinition[] = definition.operations[name]?.calls ?? [];
  const config = sampleConfig(definition);
  const server: ModuleServer = {
    id: SAMPLE_ID,
    name: 'Sample server',
    hostname: 'panel.example.com',
    ipAddress: '192.0.2.10',
    type: 'SHARED',
    credentials: config,
  };
  const service = sampleService(definition);
  const order = { moduleSettings: service.product.moduleSettings, configOptions: service.configOptions };
  const kept = Object.fromEntries(calls.flatMap(({ keep }) => keep.map((one) => [one.name, `<${one.name}>`])));
  const show = (title: string, isLook: boolean, request: RequestDefinition): PreviewedRequest => {
    try {
      const scopes = makeScopes(definition, makeSchemas(definition), {
        server,
        service,
        newPassword: MASK,
        change: { from: order, to: order },
      });
      const scope = { ...scopes.templates, kept, page: 1, cursor: '' };
      return { title, isLook, request: inWords(config, makeRequest(definition, request, config, scope)), error: null };
    } catch (error) {
      return { title, isLook, request: null, error: error instanceof ModuleError ? error.words : String(error) };
    }
  };
  return calls.flatMap((call) => [
    ...(call.lookUp ? [show(call.title, true, call.lookUp.request)] : []),
    show(call.title, false, call.request),
  ]);
}

function inWords({ baseUrl }: GenericConfig, request: PanelRequest): PreviewedRequest['request'] {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) query.append(name, String(value));
  const search = query.size > 0 ? `?${query}` : '';
  const path = `/${(request.path ?? '').replace(/^\/+/, '')}`;
  const headers = Object.entries(request.headers ?? {}).map(([name, value]): [string, string] => [
    name,
    name === 'authorization' ? `${value.split(' ')[0]} ${MASK}` : value,
  ]);
  return {
    method: request.method ?? 'GET',
    url: decodeMask(`${baseUrl.replace(/\/+$/, '')}${path}${search}`),
    headers,
    body: bodyOf(request),
  };
}

const decodeMask = (url: string) => url.replaceAll(encodeURIComponent(MASK), MASK);

function bodyOf({ json, form }: PanelRequest): string | null {
  if (json !== undefined) return JSON.stringify(json, null, 2);
  if (form === undefined) return null;
  const fields = Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]);
  return decodeMask(new URLSearchParams(fields).toString());
}
