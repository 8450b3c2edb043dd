import { expect, it } from 'vitest';
import { safeReturnPath } from './schema';

it.each(['/services', '/services/1?tab=a#b', '/'])('goes back to %s', (path) => {
  expect(safeReturnPath(path)).toBe(path);
});

it.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/a\\b',
  '/\tx',
  'javascript:alert(1)',
  '/sign-in?callbackUrl=/x',
  '/api/auth/signout',
])('goes to the start page instead of %j', (path) => {
  expect(safeReturnPath(path)).toBe('/');
});
