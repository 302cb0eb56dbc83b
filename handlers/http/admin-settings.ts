/** The few settings that can be changed while the server runs. */
import { z } from 'zod';
import { type SettingName, settingNames, settingShapes } from '../../src/settings/shape.ts';
import type { Setting } from '../../src/settings/settings.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const ShownSetting = z.object({
  name: z.enum(settingNames),
  value: z.unknown(),
  version: z.int().meta({ description: '0: as it comes.' }),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
});
const params = z.object({ name: z.enum(settingNames) });
const schemaOf = (name: SettingName) => {
  const { $schema: _, ...schema } = z.toJSONSchema(settingShapes[name].value, { io: 'input' });
  return schema as Record<string, unknown>;
};
const historyMax = 100;

export const adminSettings = [
  route({
    method: 'get',
    path: '/api/admin/settings',
    summary: 'Every setting: its value, since when and by whom, what it is for, and what it may be.',
    tag: 'administration',
    access: 'settings.read',
    reply: z.object({
      settings: z.array(
        ShownSetting.extend({ summary: z.string(), standard: z.unknown(), schema: z.record(z.string(), z.unknown()) }),
      ),
    }),
    refusals: ['unavailable'],
    async handle(_request, { admin }) {
      const settings = await admin.settings.list();
      return answer({
        settings: settings.map((setting: Setting) => {
          const { summary, standard } = settingShapes[setting.name];
          return { ...setting, summary, standard, schema: schemaOf(setting.name) };
        }),
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/settings/:name/history',
    summary: `What it was before, newest first; at most ${historyMax}.`,
    tag: 'administration',
    access: 'settings.read',
    params,
    reply: z.object({ versions: z.array(ShownSetting) }),
    refusals: ['unavailable'],
    handle: async ({ params: { name } }, { admin }) =>
      answer({ versions: [...(await admin.settings.history(name, historyMax))] }),
  }),
  route({
    method: 'put',
    path: '/api/admin/settings/:name',
    summary: 'Change one, naming the version you have seen. In effect on all nodes within a second.',
    tag: 'administration',
    access: 'settings.manage',
    params,
    body: z.strictObject({ value: z.unknown(), version: z.int().nonnegative() }),
    reply: ShownSetting,
    refusals: ['stale', 'unavailable'],
    async handle({ params: { name }, body: { value, version }, caller }, { admin }) {
      const set = await admin.settings.set(name, value, version, caller.accountId);
      return set.ok ? answer({ ...set.setting }) : problem(set.code, set.details);
    },
  }),
];
