/** Reads TypeScript just well enough for the architecture test: what is code, what is text, and what is imported. */

export interface Import {
  /** `undefined` when it is computed. */
  readonly from: string | undefined;
  readonly isTypeOnly: boolean;
}

/** Comments are blanked, and so are the contents of strings and regular expressions; code inside templates stays. */
export const codeOf = (source: string): string => scan(source, false);

export const importsOf = (source: string): Import[] => {
  const text = scan(source, true);
  const found: Import[] = [];
  // `import { type A }` is no type import: the module would still be loaded.
  for (const [, type, from] of text.matchAll(
    /\b(?:import|export)\s+(type\s+)?(?:[^'"();]*?\bfrom\s*)?['"]([^'"]+)['"]/g,
  ))
    found.push({ from, isTypeOnly: type !== undefined });
  for (const [, literal] of text.matchAll(/\b(?:import|require)\s*\(\s*(?:['"]([^'"]+)['"]\s*[,)])?/g))
    found.push({ from: literal, isTypeOnly: false });
  return found;
};

const string = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const regexp = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const endsBeforeRegexp = /(?:^|[=(,;:!&|?{}[\n]|=>|\breturn|\bcase)\s*$/;

const scan = (source: string, keepStrings: boolean): string => {
  let out = '';
  let at = 0;
  // Depth of braces in each template that is open around us.
  const templates: number[] = [];
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const quiet = (text: string) => (keepStrings ? text : text[0] + blank(text.slice(1, -1)) + text.at(-1));
  const readTemplate = () => {
    const end = /`|\$\{/g;
    end.lastIndex = at;
    let hit = end.exec(source);
    while (hit && source[hit.index - 1] === '\\') hit = end.exec(source);
    const stop = hit ? end.lastIndex : source.length;
    out += blank(source.slice(at, stop - (hit?.[0].length ?? 0))) + (hit?.[0] ?? '');
    at = stop;
    if (hit?.[0] === '${') templates.push(0);
  };
  while (at < source.length) {
    const character = source[at] as string;
    const said = character === '/' ? take(comment) : undefined;
    const text =
      take(string) ?? (character === '/' && endsBeforeRegexp.test(out.slice(-40)) ? take(regexp) : undefined);
    if (said !== undefined || text !== undefined) {
      out += said === undefined ? quiet(text as string) : blank(said);
      at += (said ?? (text as string)).length;
      continue;
    }
    out += character;
    at += 1;
    const depth = templates.at(-1);
    if (character === '`') readTemplate();
    else if (depth !== undefined && character === '{') templates[templates.length - 1] = depth + 1;
    else if (depth !== undefined && character === '}') {
      if (depth > 0) templates[templates.length - 1] = depth - 1;
      else {
        templates.pop();
        readTemplate();
      }
    }
  }
  return out;
};
