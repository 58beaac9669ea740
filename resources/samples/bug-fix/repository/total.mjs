/** The sum of some prices, as it is printed on the receipt. */
export const total = (prices) => String(prices.reduce((sum, price) => sum + price, 0));
