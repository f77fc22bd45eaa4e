// The real UI on the fake phone: `npm run dev`, then /test/dev/?case={"age":"stale"}
import { useCarrier } from '../../src/ipc/client';
import { fakeCarrier, type Case } from '../fake';
import { fakeDevice } from './device';

const fake = JSON.parse(new URLSearchParams(location.search).get('case') ?? '{}') as Case;
useCarrier(fakeCarrier(fake));
if (fake.device) fakeDevice(fake.device);
await import('../../src/main');
