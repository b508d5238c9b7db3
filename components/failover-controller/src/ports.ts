/** Health is asked from outside, metrics never. */
export const ports = { http: 8080, metrics: 9090 }
