import { escapeHtml } from './escape-html.ts';
import { prose } from './prose.ts';

/** A JSON Schema in a few words of HTML: what a reader wants to know, not all that a validator checks. */
export function describeSchema(schema: unknown): string {
  if (!isObject(schema)) return '';
  const { $ref, description, properties } = schema;
  if (typeof $ref === 'string') return linkTo($ref);
  const said = typeof description === 'string' ? `<p>${prose(description)}</p>` : '';
  if (!isObject(properties)) return `${said}${typeWords(schema)}`;
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${describeSchema(property)}</td>` +
      `<td>${required.has(name) ? '' : 'may be missing'}</td></tr>`,
  );
  return `${said}<table>${rows.join('\n')}</table>`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function linkTo(reference: string): string {
  const name = reference.split('/').at(-1) ?? reference;
  return `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function typeWords({
  type,
  enum: values,
  anyOf,
  items,
  default: fallback,
  additionalProperties,
}: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(anyOf)) return anyOf.map(describeSchema).join(' or ');
  const types = [type ?? 'anything'].flat().map(String);
  const words = types.filter((one) => one !== 'null').join(' or ') || 'null';
  const orNull = types.length > 1 && types.includes('null') ? ' or null' : '';
  const ofWhat = isObject(items) ? ` of ${describeSchema(items)}` : '';
  const each = isObject(additionalProperties) ? ` of ${describeSchema(additionalProperties)}` : '';
  const known = Array.isArray(values)
    ? `: ${values.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' ')}`
    : '';
  const absent =
    fallback === undefined || fallback === '' ? '' : ` (${escapeHtml(JSON.stringify(fallback))} when missing)`;
  return `${escapeHtml(words)}${ofWhat}${each}${known}${orNull}${absent}`;
}
