import { base64Forms, hexForms } from './binary-forms.ts';
import { jsonForms, percentForms } from './text-forms.ts';

/** A value that no output may show, with the name under which the operator knows it. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Shorter values occur by chance: replacing them would make a log unreadable. */
export const minSecretBytes = 6;

const minLineBytes = 16;

/** Every byte sequence to look for, without duplicates, over all secrets (RED-2, RED-9, RED-13). */
export function formsOfSecrets(secrets: readonly Secret[]): readonly Uint8Array[] {
  const forms = secrets.flatMap((secret) => secretForms(Buffer.from(secret.value.trim(), 'utf8')));
  return withoutDuplicates(forms);
}

/** The byte sequences in which a program may print one secret; none when it is too short to be one. */
export function secretForms(secret: Uint8Array): readonly Uint8Array[] {
  if (secret.length < minSecretBytes) return [];
  const forms = [
    secret,
    ...linesOf(secret),
    ...percentForms(secret),
    ...jsonForms(secret),
    ...base64Forms(secret),
    ...hexForms(secret),
  ];
  return withoutDuplicates(forms).filter((form) => form.length >= minSecretBytes);
}

/** Programs print a key of several lines with their own indentation, so each line counts on its own. */
function linesOf(secret: Uint8Array): readonly Uint8Array[] {
  const lines = Buffer.from(secret).toString('latin1').split(/\r?\n/);
  if (lines.length < 2) return [];
  return lines
    .map((line) => line.trim())
    .filter((line) => line.length >= minLineBytes && !line.startsWith('-----'))
    .map((line) => Buffer.from(line, 'latin1'));
}

function withoutDuplicates(forms: readonly Uint8Array[]): readonly Uint8Array[] {
  const byText = new Map(forms.map((form) => [Buffer.from(form).toString('latin1'), form]));
  return [...byText.values()];
}
