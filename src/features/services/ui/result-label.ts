/** A panel's own key in readable form where nobody gave it a word: `gameServerPort`, `game_server_port` -> "Game server port". */
export function readableKey(key: string): string {
  const words = key
    .replace(/[_\-.]+/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .trim()
    .split(/\s+/)
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
