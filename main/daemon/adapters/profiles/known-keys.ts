import { PermissionRule } from '../../../../contract/executor-profile.ts';
import { ProfileDocument } from '../../../../contract/wire/executor-profile.ts';

const { permissions, limits, recipe } = ProfileDocument.shape;
const recipeShape = recipe.unwrap().shape;

/** What may stand under the keys of a profile that hold keys of their own. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(ProfileDocument.shape),
  permissions: Object.keys(permissions.unwrap().shape),
  'permissions.rules': Object.keys(PermissionRule.shape),
  limits: Object.keys(limits.unwrap().shape),
  recipe: Object.keys(recipeShape),
  'recipe.steps': Object.keys(recipeShape.steps.element.shape),
};

/** `path` is that of the object; where it stands in a list does not matter. */
export const knownKeys = (path: readonly PropertyKey[]): readonly string[] =>
  KEYS[path.filter((part) => typeof part === 'string').join('.')] ?? [];

/** Every key, as the reference of profiles lists them. */
export const EVERY_KEY: readonly string[] = Object.entries(KEYS).flatMap(([place, keys]) =>
  keys.map((key) => (place === '' ? key : `${place}.${key}`)),
);
