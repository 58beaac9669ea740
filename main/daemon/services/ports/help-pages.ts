/** The documents for people, as Markdown. */
export interface HelpPages {
  /** A page by its name without ending; null: there is none. */
  read(name: string): Promise<string | null>;
}
