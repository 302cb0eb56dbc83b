/** What a server spends its time on, and what it allocates, sampled while it is at work. */
import { inspect } from '../systems/inspector.ts';

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}
export interface AllocationNode {
  readonly callFrame: Frame;
  readonly selfSize: number;
  readonly children: readonly AllocationNode[];
}
export interface AllocationProfile {
  readonly head: AllocationNode;
}

const cpuSampleUs = 250;
const allocationSampleBytes = 16_384;

/** Begins at once; the answer ends it. */
export const recordCpu = async (inspectPort: number): Promise<() => Promise<CpuProfile>> => {
  const inspector = await inspect(inspectPort);
  await inspector.ask('Profiler.enable');
  await inspector.ask('Profiler.setSamplingInterval', { interval: cpuSampleUs });
  await inspector.ask('Profiler.start');
  return async () => {
    const { profile } = await inspector.ask<{ profile: CpuProfile }>('Profiler.stop');
    inspector.close();
    return profile;
  };
};

/** Everything allocated, whether or not it is still alive. */
export const recordAllocations = async (inspectPort: number): Promise<() => Promise<AllocationProfile>> => {
  const inspector = await inspect(inspectPort);
  await inspector.ask('HeapProfiler.startSampling', {
    samplingInterval: allocationSampleBytes,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  return async () => {
    const { profile } = await inspector.ask<{ profile: AllocationProfile }>('HeapProfiler.stopSampling');
    inspector.close();
    return profile;
  };
};
