// Sends one of each event with a library as it is: node send.mjs segment|rudder ADDRESS KEY PREFIX
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [library, address, key, prefix] = process.argv.slice(2);
const user = { userId: `${prefix}-user` };
const events = [
  ['page', { anonymousId: `${prefix}-visitor`, name: 'Teas' }],
  ['identify', { ...user, anonymousId: `${prefix}-visitor`, traits: { name: 'Ada Byron', email: `${prefix}@example.org`, plan: 'gold' } }],
  ['track', {
    ...user,
    event: 'Order Completed',
    properties: {
      order_id: `${prefix}-1001`, currency: 'EUR', shipping: 4.9,
      products: [{ sku: 'TEA', name: 'Tea', price: 2.5, quantity: 2 }, { sku: 'POT', name: 'Pot', price: 19.99, quantity: 1 }],
    },
  }],
  ['screen', { ...user, name: 'Basket' }],
  ['group', { ...user, groupId: `${prefix}-group`, traits: { name: `${prefix} Ltd` } }],
  ['alias', { ...user, previousId: `${prefix}-phone` }],
];

if (library === 'segment') {
  const analytics = new Analytics({ writeKey: key, host: address, flushAt: 3, maxRetries: 0 });
  analytics.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  for (const [type, event] of events) analytics[type](event);
  await analytics.closeAndFlush({ timeout: 20000 });
} else {
  const analytics = new RudderAnalytics(key, { dataPlaneUrl: address, flushAt: 3, retryCount: 0 });
  for (const [type, event] of events) {
    await new Promise((resolve, reject) => analytics[type](event, (error) => (error ? reject(error) : resolve())));
    await analytics.flush();
  }
}
