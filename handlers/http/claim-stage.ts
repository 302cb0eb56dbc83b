/** Some requests are one command while a claim is a draft and another later. Which it is may change on the way, and a repeat must find the first. */
import type { Ack } from '../../rooms/protocol.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Ask } from '../../src/runtime/ports.ts';

type Stage = 'draft' | 'later';
type Choices = Readonly<Record<Stage, Pick<Ask, 'name' | 'input'>>>;

export const sendByStage = async (
  rooms: Pick<RoomsApi, 'read' | 'send'>,
  ask: Omit<Ask, 'name' | 'input'>,
  choices: Choices,
): Promise<Ack> => {
  const stageNow = async () => {
    const sight = await rooms.read(ask.room, ask.by);
    if (!sight.ok) return sight;
    return (sight.view as { readonly status?: string }).status === 'draft' ? 'draft' : 'later';
  };
  const send = (stage: Stage) => rooms.send({ ...ask, ...choices[stage] });

  const stage = await stageNow();
  if (typeof stage !== 'string') return stage;
  const ack = await send(stage);
  if (ack.ok) return ack;
  if (ack.code === 'claim/not-now') {
    // Sent in while we asked?
    const now = await stageNow();
    return now === stage ? ack : typeof now === 'string' ? send(now) : now;
  }
  if (ack.code === 'command/id-reused') {
    // Done under the other name, before the claim went on. An id is known to a room once, so this cannot do it again.
    const first = await send(stage === 'draft' ? 'later' : 'draft');
    return first.ok ? first : ack;
  }
  return ack;
};
