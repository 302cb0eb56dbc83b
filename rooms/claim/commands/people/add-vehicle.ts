import { known, unknownWho } from '../../checks.ts';
import { full } from '../../most.ts';
import { NewVehicle } from '../../records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const addVehicle = command({
  summary: 'Add a vehicle that was involved.',
  may: ['holder', 'desk', 'handler', 'supervisor', 'assessor', 'system'],
  when: when('addVehicle'),
  input: NewVehicle,
  decide: (claim, vehicle) =>
    known(claim.vehicles, vehicle.id, 'claim/vehicle-exists') ??
    unknownWho(claim, vehicle.keeper) ??
    full('vehicles', Object.keys(claim.vehicles).length) ?? [{ type: 'vehicleAdded', data: vehicle }],
});
