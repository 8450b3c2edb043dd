import type { PanelRequest } from '@/modules/sdk/http';
import type { Definition } from './definition';
import type { RequestDefinition } from './definition-calls';
import type { Scope } from './expressions';
import type { GenericConfig } from './schemas';
import { renderHeader, renderJson, renderParameter, renderPath, renderText } from './templates';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** The login as a definition says it is sent. */
function loginOf(definition: Definition, config: GenericConfig): Pick<PanelRequest, 'headers' | 'query'> {
  const { authentication } = definition.connection;
  switch (authentication.by) {
    case 'none':
      return {};
    case 'bearer':
      return { headers: { authorization: `Bearer ${textOf(config.token)}` } };
    case 'basic': {
      const pair = Buffer.from(`${textOf(config.username)}:${textOf(config.password)}`, 'utf8').toString('base64');
      return { headers: { authorization: `Basic ${pair}` } };
    }
    case 'header':
      return { headers: { [authentication.name.toLowerCase()]: `${prefixOf(authentication)}${textOf(config.key)}` } };
    case 'query':
      return { query: { [authentication.name]: textOf(config.key) } };
  }
}

const prefixOf = ({ prefix }: { prefix?: string | undefined }) => (prefix ? `${prefix.trim()} ` : '');

/** Names and filled-in values; an empty value leaves its name out. */
function filled(
  pairs: readonly { name: string; value: string }[],
  render: (template: string, name: string) => string,
): Record<string, string> {
  const entries = pairs.map(({ name, value }): [string, string] => [name, render(value, name)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function headersOf(pairs: readonly { name: string; value: string }[], scope: Scope): Record<string, string> {
  const lower = pairs.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  return filled(lower, (template, name) => renderHeader(template, scope, `the header ${name}`));
}

function bodyOf({ body }: RequestDefinition, scope: Scope): Pick<PanelRequest, 'json' | 'form'> {
  switch (body.kind) {
    case 'json':
      return { json: renderJson(body.json, scope, 'the body') };
    case 'form':
      return { form: filled(body.form, (template, name) => renderText(template, scope, `the field ${name}`)) };
    default:
      return {};
  }
}

/** A request with everything filled in and encoded for its place. Throws a ModuleError before anything is sent. */
export function makeRequest(
  definition: Definition,
  wanted: RequestDefinition,
  config: GenericConfig,
  scope: Scope,
): PanelRequest {
  const login = loginOf(definition, config);
  const query = filled(wanted.query, (template, name) => renderParameter(template, scope, `the parameter ${name}`));
  return {
    method: wanted.method,
    path: renderPath(wanted.path, scope, 'the path'),
    headers: {
      ...headersOf(definition.connection.headers, scope),
      ...headersOf(wanted.headers, scope),
      ...login.headers,
    },
    query: { ...query, ...login.query },
    ...bodyOf(wanted, scope),
  };
}
