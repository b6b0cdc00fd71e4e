namespace Regard.Insight;

/// <summary>Against mpmath with 30 digits.</summary>
public sealed class GammaFunctionsTests
{
    [Theory]
    [InlineData(0.01, 4.5994798780420217, -100.56088545786867)]
    [InlineData(0.5, 0.57236494292470009, -1.9635100260214235)]
    [InlineData(1, 0.0, -0.57721566490153286)]
    [InlineData(2.5, 0.28468287047291916, 0.70315664064524319)]
    [InlineData(10, 12.80182748008147, 2.2517525890667211)]
    [InlineData(123.4, 469.33609744219056, 4.8113737751162774)]
    public void gamma_and_its_derivative(double x, double logGamma, double digamma)
    {
        GammaFunctions.LogGamma(x).ShouldBe(logGamma, 2e-15 * (1 + Math.Abs(logGamma)));
        GammaFunctions.Digamma(x).ShouldBe(digamma, 2e-15 * (1 + Math.Abs(digamma)));
    }

    [Theory]
    [InlineData(0.5, 0.3, 0.561421973919)]
    [InlineData(3, 10, 0.997230604284488)]
    [InlineData(50, 40, 0.070335066659395)]
    [InlineData(200, 260, 0.999952499875557)]
    [InlineData(0.01, 0.001, 0.938570652526129)]
    public void the_chance_of_a_gamma_quantity(double a, double x, double chance) => GammaFunctions.LowerRegularized(a, x).ShouldBe(chance, 1e-12);
}
