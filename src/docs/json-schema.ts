/** Zod's schemas as JSON Schema inside a larger document: whatever has a name is written once, under `components/schemas`. */
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};
export type Direction = 'input' | 'output';

/** OpenAPI 3.1 speaks the draft of 2020-12, AsyncAPI 3.0 draft 7. */
type Draft = 'draft-2020-12' | 'draft-7';

export const jsonSchemas = (draft: Draft) => {
  const components: Record<string, object> = {};

  /** What is written of it where it stands; its named parts are added to `components`. */
  const schemaOf = (schema: z.ZodType, io: Direction): JsonSchema => {
    const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: draft });
    const { $schema: _, $defs = {}, definitions = {}, ...json } = whole;
    const parts = Object.entries<object>({ ...$defs, ...(definitions as Record<string, object>) });
    // The same name may be stricter about what is sent than about what is taken.
    const placeOf = (name: string) => (io === 'input' ? `${name}Input` : name);
    const rehung = (part: object): JsonSchema =>
      JSON.parse(JSON.stringify(part), (key, value) =>
        key === '$ref' && typeof value === 'string'
          ? value.replace(
              /^#\/(?:\$defs|definitions)\/(.+)$/,
              (_whole, name) => `#/components/schemas/${placeOf(name)}`,
            )
          : value,
      );
    for (const [name, part] of parts) components[placeOf(name)] = rehung(part);
    return rehung(json);
  };
  return { components, schemaOf };
};
export type SchemaOf = ReturnType<typeof jsonSchemas>['schemaOf'];
