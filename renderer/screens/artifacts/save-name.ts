const MAX_CHARACTERS = 120;

/** The name under which a file is saved: its last part, without what systems refuse or people cannot see. */
export function saveName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}<>:"|?*%]/gu, '_');
  const trimmed = visible.replace(/^[.\s]+|[.\s]+$/g, '').slice(-MAX_CHARACTERS);
  return trimmed === '' ? 'artifact' : trimmed;
}
